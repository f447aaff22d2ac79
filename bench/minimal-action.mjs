// The least that an action can be: one input, one output, GitHub's own library. cold-start measures the bundles beside it.
import * as core from '@actions/core';

try {
  core.setOutput('greeting', `Hello ${core.getInput('name', { required: true })}`);
} catch (error) {
  core.setFailed(error instanceof Error ? error.message : String(error));
}

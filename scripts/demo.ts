/**
 * `npm run demo`: the main job on real input. Starts the lab, plays an integration team that pushes a commit, a hotfix
 * that is broken, a promotion of an API and a change of it that breaks callers, each through the reusable workflows and the
 * committed bundles. Leaves the job summaries in demo-output/. Exits 1 when anything ends otherwise than the story says.
 */
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import '@wso2-delivery/lab/runner/load-hook';
import { apimUser } from '@wso2-delivery/lab/example-team';
import { startLab } from '@wso2-delivery/lab/lab';
import { standInForMissingTools } from '@wso2-delivery/lab/missing-tools';
import { apiManagersRun, breakingChange, brokenHotfix, firstRelease, promotion } from './demo/chapters.ts';
import { createStory } from './demo/story.ts';
import { prepareTeam } from './demo/team.ts';

const root = join(import.meta.dirname, '..');
const output = join(root, 'demo-output');
const started = Date.now();
rmSync(output, { recursive: true, force: true });
mkdirSync(output, { recursive: true });
const temp = realpathSync(mkdtempSync(join(tmpdir(), 'wso2-delivery-demo-')));
const lab = await startLab({ apimUsers: { [apimUser.name]: apimUser.password } });
const story = createStory(output);
try {
  const { path, standIns } = await standInForMissingTools(join(temp, 'bin'), process.env.PATH ?? '');
  const team = await prepareTeam({ root, temp, lab, path, onEvent: story.onEvent });
  story.opening({ registry: lab.registry.url, kubernetes: lab.kubernetes.url, maven: team.maven, standIns });
  for (const chapter of [firstRelease, brokenHotfix, promotion, breakingChange]) await chapter(team, lab, story);
  await apiManagersRun(lab, story);
} catch (error) {
  story.unexpected(error);
} finally {
  await lab.close();
  rmSync(temp, { recursive: true, force: true });
}
process.exit(story.closing(Date.now() - started) ? 0 : 1);

import { defineCodes } from './errors.ts';

/** Failures that any action can meet. */
export const codes = defineCodes({
  INPUT_INVALID: {
    title: 'An input is missing, unknown or malformed',
    meaning: 'The step was given inputs that it cannot work with. Nothing was started.',
    remedy: 'Correct the inputs named in the message; each shows a valid example.',
  },
  FILE_UNREADABLE: {
    title: 'A file cannot be read',
    meaning: 'A file that an input names does not exist, is not readable, or is larger than the limit.',
    remedy: 'Check the path (relative to the workspace) and that the checkout step ran before.',
  },
  TOOL_MISSING: {
    title: 'A program is not installed',
    meaning: 'A command line tool that the step needs is not on the PATH of the runner.',
    remedy: 'Install it in an earlier step, or use a runner image that has it.',
  },
  TOOL_TIMEOUT: {
    title: 'A program did not end in time',
    meaning: 'A command line tool ran longer than its deadline and was ended together with its children.',
    remedy: 'Look at its last output in the summary. Raise the timeout if the work is really that long.',
  },
  TOOL_FAILED: {
    title: 'A program failed',
    meaning: 'A command line tool ended with an exit code other than 0 and no known cause was found in its output.',
    remedy: "Read the tool's own words in the summary.",
  },
  SERVICE_UNREACHABLE: {
    title: 'A service cannot be reached',
    meaning: 'No connection could be made, or it broke before an answer was complete, also after retries.',
    remedy: 'Check host, port, proxy variables (HTTPS_PROXY, NO_PROXY) and firewall from the runner.',
  },
  SERVICE_TIMEOUT: {
    title: 'A service did not answer in time',
    meaning: 'The connection stood, and no answer (or no further part of it) came before the deadline.',
    remedy: 'Check the load of the service; raise the timeout input where the step has one.',
  },
  SERVICE_TLS: {
    title: "A service's certificate is not trusted",
    meaning:
      'The TLS certificate is expired, for another host, or signed by an authority that the runner does not know.',
    remedy: 'Give the authority’s certificate through the CA file input. Verification is never switched off.',
  },
  SERVICE_TOO_LARGE: {
    title: 'An answer is larger than allowed',
    meaning: 'A service sent more than the limit for this kind of answer. Reading stopped there.',
    remedy: 'Check that the URL points to the right service; a login page or a download answers like this.',
  },
  CANCELLED: {
    title: 'The run was cancelled',
    meaning: 'GitHub (or a person) ended the step. Child processes were ended and private files removed.',
    remedy: 'Run it again: every step starts from what really is there.',
  },
  INTERNAL: {
    title: 'An unexpected failure in the action itself',
    meaning: 'The action met a case that its authors did not foresee. This is a bug.',
    remedy: 'Please report it with the message and the report file of the step.',
  },
});

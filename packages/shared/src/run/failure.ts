import { codes } from '../base/codes.ts';
import { DeliveryError, InputError, messageOf, ServiceError, ToolError } from '../base/errors.ts';
import type { Annotation } from '../base/ports.ts';
import { count, oneLine } from '../base/text.ts';
import { code, codeBlock, details, escapeMarkdown, marks, section, table } from '../formats/markdown.ts';

/** Where the documentation of the error codes stands in this repository. */
const errorsPage = 'docs/errors.md';

/**
 * Where a person at work on a failure finds that page: at the commit of the action, which the runner names
 * (docs.github.com, "Variables reference": GITHUB_ACTION_REPOSITORY, GITHUB_ACTION_REF). On an Enterprise Server the
 * action may come from github.com under a name that the server does not have, so there the page is only named.
 */
export function helpPageOf(variable: (name: string) => string | undefined): string {
  const [repository = '', ref = ''] = [variable('GITHUB_ACTION_REPOSITORY'), variable('GITHUB_ACTION_REF')];
  const known = /^[\w.-]+\/[\w.-]+$/.test(repository) && /^[\w./-]+$/.test(ref);
  if (!known || variable('GITHUB_SERVER_URL') !== 'https://github.com') return errorsPage;
  return `https://github.com/${repository}/blob/${ref}/${errorsPage}`;
}

/** A failure as data, for the report file. */
export interface FailureReport {
  readonly code: string;
  readonly kind: DeliveryError['kind'] | 'internal';
  readonly message: string;
  readonly remedy: string;
  readonly location?: object;
  readonly problems?: readonly object[];
  readonly evidence?: string;
  readonly command?: readonly string[];
  readonly exitCode?: number | null;
  readonly status?: number;
  readonly help: string;
}

/**
 * Whatever was thrown as one of our errors; anything unforeseen becomes INTERNAL.
 * @param helpPage see `helpPageOf`
 */
export function describeFailure(thrown: unknown, helpPage = errorsPage): FailureReport {
  if (!(thrown instanceof DeliveryError)) {
    return {
      code: codes.INTERNAL.code,
      kind: 'internal',
      message: messageOf(thrown),
      remedy: codes.INTERNAL.remedy,
      ...(thrown instanceof Error && thrown.stack !== undefined ? { evidence: thrown.stack } : {}),
      help: helpFor(codes.INTERNAL.code, helpPage),
    };
  }
  return {
    code: thrown.code,
    kind: thrown.kind,
    message: thrown.message,
    remedy: thrown.remedy,
    ...(thrown.location === undefined ? {} : { location: thrown.location }),
    ...(thrown instanceof InputError ? { problems: thrown.problems } : {}),
    ...(thrown.evidence === undefined ? {} : { evidence: thrown.evidence }),
    ...(thrown instanceof ToolError ? { command: thrown.command, exitCode: thrown.exitCode } : {}),
    ...(thrown instanceof ServiceError && thrown.status !== undefined ? { status: thrown.status } : {}),
    help: helpFor(thrown.code, helpPage),
  };
}

/** The annotations of a failure: one for each problem of an InputError, otherwise one. Cause first, remedy second. */
export function failureAnnotations(thrown: unknown): Annotation[] {
  const failure = describeFailure(thrown);
  const withRemedy = (message: string) => `${endSentence(oneLine(message, 1500))} ${failure.remedy} [${failure.code}]`;
  if (thrown instanceof InputError && thrown.problems.length > 1) {
    return thrown.problems.map(({ subject, problem, example, location }) => ({
      level: 'error',
      message: `${endSentence(`${subject}: ${problem}`)}${example === undefined ? '' : ` Example: ${example}`} [${failure.code}]`,
      ...location,
    }));
  }
  const example = thrown instanceof InputError ? thrown.problems[0]?.example : undefined;
  const message = example === undefined ? failure.message : `${endSentence(failure.message)} Example: ${example}`;
  return [
    {
      level: 'error',
      message: withRemedy(message),
      ...(thrown instanceof DeliveryError ? thrown.location : undefined),
    },
  ];
}

/** The part of the job summary that a failed step ends with. */
export function failureSummary(actionName: string, thrown: unknown, helpPage?: string): string {
  const failure = describeFailure(thrown);
  const parts = [`**What to do:** ${escapeMarkdown(failure.remedy)}`];
  if (thrown instanceof InputError) {
    parts.push(
      table(
        ['Where', 'What is wrong', 'Valid example'],
        thrown.problems.map(({ subject, problem, example, location }) => [
          `${code(subject)}${location === undefined ? '' : ` ${code(`${location.file}:${location.line ?? 1}`)}`}`,
          escapeMarkdown(problem),
          code(example ?? ''),
        ]),
      ),
    );
  } else {
    parts.unshift(escapeMarkdown(failure.message));
  }
  if (failure.command !== undefined) {
    parts.push(details(`Command (exit code ${String(failure.exitCode)})`, codeBlock(failure.command.join(' '))));
  }
  if (failure.evidence !== undefined) parts.push(details('Evidence', codeBlock(failure.evidence), true));
  parts.push(failureReference(thrown, helpPage));
  const title =
    thrown instanceof InputError
      ? `${marks.bad} ${actionName}: ${count(thrown.problems.length, 'problem')} in the inputs`
      : `${marks.bad} ${actionName} failed`;
  return section(3, title, ...parts);
}

/** Where to read on about a failure: its code and its place in the documentation. */
export function failureReference(thrown: unknown, helpPage?: string): string {
  const { code: id, help } = describeFailure(thrown, helpPage);
  return help.startsWith('https:') ? `<sub><a href="${help}">${id}</a></sub>` : `<sub>${id} · ${help}</sub>`;
}

function helpFor(id: string, page: string): string {
  return `${page}#${id.toLowerCase()}`;
}

function endSentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

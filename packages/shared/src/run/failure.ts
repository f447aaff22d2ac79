import { codes } from '../base/codes.ts';
import { DeliveryError, InputError, messageOf, ServiceError, ToolError } from '../base/errors.ts';
import type { Annotation } from '../base/ports.ts';
import { count, oneLine } from '../base/text.ts';
import { code, codeBlock, details, escapeMarkdown, marks, section, table } from '../formats/markdown.ts';

/** Where the documentation of the error codes stands. */
const errorsPage = 'docs/errors.md';

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

/** Whatever was thrown as one of our errors; anything unforeseen becomes INTERNAL. */
export function describeFailure(thrown: unknown): FailureReport {
  if (!(thrown instanceof DeliveryError)) {
    return {
      code: codes.INTERNAL.code,
      kind: 'internal',
      message: messageOf(thrown),
      remedy: codes.INTERNAL.remedy,
      ...(thrown instanceof Error && thrown.stack !== undefined ? { evidence: thrown.stack } : {}),
      help: helpFor(codes.INTERNAL.code),
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
    help: helpFor(thrown.code),
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
export function failureSummary(actionName: string, thrown: unknown): string {
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
  parts.push(failureReference(thrown));
  const title =
    thrown instanceof InputError
      ? `${marks.bad} ${actionName}: ${count(thrown.problems.length, 'problem')} in the inputs`
      : `${marks.bad} ${actionName} failed`;
  return section(3, title, ...parts);
}

/** Where to read on about a failure: its code and its place in the documentation. */
export function failureReference(thrown: unknown): string {
  const { code: id, help } = describeFailure(thrown);
  return `<sub>${id} · ${help}</sub>`;
}

function helpFor(id: string): string {
  return `${errorsPage}#${id.toLowerCase()}`;
}

function endSentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

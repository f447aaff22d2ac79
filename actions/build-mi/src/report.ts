/** What people read (job summary) and what programs read (facts of the report file). Pure. */
import { formatBytes } from '@wso2-delivery/shared/base/bytes';
import { formatDuration } from '@wso2-delivery/shared/base/duration';
import type { Files } from '@wso2-delivery/shared/base/ports';
import { count, tail } from '@wso2-delivery/shared/base/text';
import {
  code,
  codeBlock,
  details,
  escapeMarkdown,
  facts,
  marks,
  section,
  table,
} from '@wso2-delivery/shared/formats/markdown';
import type { MavenBuild } from '@wso2-delivery/shared/maven/build';
import type { Downloads } from '@wso2-delivery/shared/maven/downloads';
import { countTests, failedTests, sayCounts, type TestCase } from '@wso2-delivery/shared/maven/test-results';
import { nounOf } from '@wso2-delivery/shared/mi/artifact-kinds';
import type { Finding } from '@wso2-delivery/shared/mi/finding';
import { artifactsOf, type CarbonApplication } from './carbon-applications.ts';
import type { BuiltImage } from './image.ts';
import type { Made } from './main.ts';
import type { NativeBuild } from './native.ts';

const shownRows = 200;

/** The job summary: image first, then what is in it, then tests and times. Empty when nothing was made. */
export function summaryOf(made: Made, files: Files): string {
  const { applications = [], build, image, native } = made;
  const parts = [
    ...(image === undefined ? [] : [imagePart(image)]),
    ...applications.map((application) => applicationPart(application, files)),
    ...(build === undefined ? [] : [testsPart(build), timesPart(build)]),
    ...(native === undefined ? [] : [nativePart(native)]),
  ].filter((part) => part !== '');
  return parts.length === 0 ? '' : section(3, titleOf(made), ...parts);
}

function titleOf({ applications = [], image, project }: Made): string {
  const what = applications.map(({ car }) => `${car.name} ${car.version}`).join(', ');
  const name = what === '' ? (project?.pom.artifactId ?? 'project') : what;
  if (image === undefined) return applications.length === 0 ? `build-mi: ${name}` : `${name} built`;
  return image.pushed ? `${marks.good} ${name} is in the registry` : `${name} built, not pushed`;
}

function imagePart(image: BuiltImage): string {
  return facts([
    ['Image', code(`${image.repository}@${image.digest}`)],
    ['Tags', image.tags.map(code).join(' ')],
    ['Platforms', image.platforms.map(code).join(' ')],
    ['Base', [image.base, image.baseDigest].flatMap((text) => (text === undefined ? [] : [code(text)])).join(' ')],
    ['Attached', image.attached.map(({ what, digest }) => `${what} ${code(digest)}`).join(', ')],
    [
      'Transfer',
      !image.pushed
        ? 'nothing (push: false)'
        : image.bytesUploaded === undefined
          ? `by docker in ${formatDuration(image.durationMs)}`
          : `${formatBytes(image.bytesUploaded)} sent in ${formatDuration(image.durationMs)}`,
    ],
  ]);
}

function applicationPart(application: CarbonApplication, files: Files): string {
  const { car, file, compared, findings } = application;
  const artifacts = artifactsOf(car);
  const rows = artifacts
    .slice(0, shownRows)
    .map(({ name, version, type }) => [
      markOf(findings.filter(({ subject }) => subject === name)),
      escapeMarkdown(nounOf(type)),
      code(name),
      code(version),
    ]);
  const more = artifacts.length > shownRows ? `… and ${artifacts.length - shownRows} more` : '';
  const checked = compared
    ? findings.length === 0
      ? 'The same as its sources.'
      : ''
    : 'Checked by itself: there are no sources of the layout src/main/wso2mi to compare it with.';
  const title = `${car.name} ${car.version}: ${count(artifacts.length, 'artifact')}`;
  return section(
    4,
    title,
    `${code(files.display(file))} ${checked}`.trim(),
    findingsTable(findings),
    artifacts.length > 12 ? details('Artifacts', table(['', 'Kind', 'Name', 'Version'], rows)) : '',
    artifacts.length > 12 || artifacts.length === 0 ? '' : table(['', 'Kind', 'Name', 'Version'], rows),
    more,
  );
}

function markOf(findings: readonly Finding[]): string {
  if (findings.length === 0) return marks.good;
  return findings.some(({ severity }) => severity === 'error') ? marks.bad : marks.warning;
}

function findingsTable(findings: readonly Finding[]): string {
  if (findings.length === 0) return '';
  const rows = findings.slice(0, shownRows).map((finding) => {
    const { file, line, message, effect } = finding;
    const place = file === undefined ? '' : code(line === undefined ? file : `${file}:${line}`);
    return [markOf([finding]), place, `${escapeMarkdown(message)}<br><sub>${escapeMarkdown(effect)}</sub>`];
  });
  return table(['', 'Where', 'What is wrong'], rows);
}

function nativePart({ durationMs, unitTestsNotRun }: NativeBuild): string {
  return section(4, `Packaged without Maven in ${formatDuration(durationMs)}`, notRunPart(unitTestsNotRun));
}

function notRunPart(unitTestsNotRun: readonly string[]): string {
  if (unitTestsNotRun.length === 0) return '';
  const named = unitTestsNotRun.slice(0, 5).map(code).join(', ');
  return `${marks.skipped} ${count(unitTestsNotRun.length, 'Synapse unit test file')} not run: the unit test plugin is not part of this build (${named}).`;
}

function testsPart({ tests, unitTestsNotRun }: MavenBuild): string {
  const failed = failedTests(tests.cases);
  const rows = failed
    .slice(0, shownRows)
    .map((test) => [marks.bad, placeOf(test), code(test.name), escapeMarkdown(test.message ?? '')]);
  const suites = new Map<string, TestCase[]>();
  for (const test of tests.cases) suites.set(test.suite, [...(suites.get(test.suite) ?? []), test]);
  const suiteRows = [...suites]
    .slice(0, shownRows)
    .map(([suite, cases]) => [
      failedTests(cases).length > 0 ? marks.bad : marks.good,
      code(suite),
      escapeMarkdown(sayCounts(countTests(cases))),
    ]);
  const notRun = notRunPart(unitTestsNotRun);
  const proof = failed
    .filter(({ detail }) => detail !== undefined)
    .slice(0, 10)
    .map(({ suite, name, detail = '' }) => details(`${suite} ${name}`, codeBlock(tail(detail, 30, 4000))));
  if (tests.cases.length === 0) return notRun;
  return section(
    4,
    `Tests: ${sayCounts(countTests(tests.cases))}`,
    rows.length === 0 ? '' : table(['', 'Where', 'Test', 'Why'], rows),
    proof.join('\n'),
    details('All suites', table(['', 'Suite', 'Outcome'], suiteRows)),
    notRun,
  );
}

function placeOf({ location, suite }: TestCase): string {
  if (location === undefined) return code(suite);
  return code(location.line === undefined ? location.file : `${location.file}:${location.line}`);
}

/** Where the time went: goals that took a second or more, and what nested Maven runs took of it. */
function timesPart({ console, downloads, durationMs }: MavenBuild): string {
  const rows = [...console.goals]
    .sort((a, b) => b.durationMs - a.durationMs)
    .filter((goal) => goal.durationMs >= 1000)
    .slice(0, 10)
    .map(({ module, plugin, goal, durationMs: ms, nestedMs }) => [
      escapeMarkdown(module),
      code(`${plugin}:${goal}`),
      formatDuration(ms),
      nestedMs === 0 ? '' : `${formatDuration(nestedMs)} in Maven runs of its own`,
    ]);
  const inGoals = console.goals.reduce((sum, { durationMs: ms }) => sum + ms, 0);
  rows.push(['', 'start of Maven and resolution', formatDuration(Math.max(0, durationMs - inGoals)), '']);
  const fetched = downloads === undefined || downloads.files === 0 ? '' : `, ${downloadsOf(downloads)}`;
  const hint =
    fetched === ''
      ? ''
      : '\n\nA cache of the local repository (`cache: maven` of actions/setup-java) spares what was downloaded.';
  return details(
    `Maven: ${formatDuration(durationMs)}${fetched}`,
    `${table(['Module', 'Goal', 'Time', ''], rows)}${hint}`,
  );
}

function downloadsOf({ files, bytes }: Downloads): string {
  return `${count(files, 'file')} (${formatBytes(bytes)}) downloaded`;
}

/** The action's part of the report file. */
export function factsOf({ build, native, applications, image }: Made, files: Files): object {
  return {
    ...(native !== undefined && {
      native: { car: files.display(native.car), durationMs: native.durationMs, testsNotRun: native.unitTestsNotRun },
    }),
    ...(build !== undefined && {
      maven: {
        command: build.command,
        durationMs: build.durationMs,
        outcome: build.console.outcome ?? 'none',
        goals: build.console.goals,
        downloads: build.downloads,
        nestedFailures: build.console.nestedFailures,
      },
      tests: {
        ...countTests(build.tests.cases),
        notPassed: failedTests(build.tests.cases),
        unreadable: build.tests.unreadable,
        notRun: build.unitTestsNotRun,
      },
    }),
    ...(applications !== undefined && {
      carbonApplications: applications.map(({ file, car, compared, findings }) => ({
        file: files.display(file),
        name: car.name,
        version: car.version,
        artifacts: artifactsOf(car),
        compared,
        findings,
      })),
    }),
    ...(image !== undefined && { image }),
  };
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readConsole, type ConsoleEvent, type ConsoleFacts } from '@wso2-delivery/shared/maven/console';

const fixtures = join(import.meta.dirname, '../../fixtures/mi');

function follow(text: string, msPerLine = 10): { facts: ConsoleFacts; events: ConsoleEvent[] } {
  const console = readConsole();
  const events: ConsoleEvent[] = [];
  let at = 0;
  for (const line of text.split('\n')) {
    const event = console.line(line, (at += msPerLine));
    if (event !== undefined) events.push(event);
  }
  return { facts: console.facts(at), events };
}

const recording = (name: string, file = 'console.log') => readFileSync(join(fixtures, name, file), 'utf8');

describe('the console of a recorded build', () => {
  test.each([
    ['ok', 'success'],
    ['gitkeep', 'success'],
    ['malformed_root_tag', 'success'],
    ['connector_unresolvable', 'success'],
    ['no_goal', 'success'],
    ['junit_failures', 'failure'],
    ['sequence_in_apis', 'failure'],
    ['synapse_ut_assert', 'failure'],
    ['plugin_version_missing', undefined],
    ['pom_malformed', undefined],
  ])('%s ended in %s', (name, outcome) => {
    expect(follow(recording(name)).facts.outcome).toBe(outcome);
  });

  test('names the goals of the outer run and not those of the Maven runs inside the CAR plugin', () => {
    const { facts } = follow(recording('ok'));
    expect(facts.goals.map(({ plugin, goal }) => `${plugin}:${goal}`)).toEqual([
      'maven-clean-plugin:clean',
      'vscode-car-plugin:car',
      'maven-install-plugin:install',
    ]);
    expect(facts.modules).toEqual(['hello 1.0.0']);
  });

  test('tells how long a goal took, and how much of it went to nested Maven runs', () => {
    const { facts } = follow(recording('ok'));
    const car = facts.goals.find(({ goal }) => goal === 'car');
    expect(car?.nestedMs).toBeGreaterThan(100);
    expect(car?.nestedMs).toBeLessThan(car?.durationMs ?? 0);
  });

  test('means the same with colours and without', () => {
    const shape = (facts: ConsoleFacts) => ({
      outcome: facts.outcome,
      modules: facts.modules,
      goals: facts.goals.map(({ module, plugin, goal }) => ({ module, plugin, goal })),
    });
    const plain = follow(recording('ok')).facts;
    expect(shape(follow(recording('ok', 'console-ansi.log')).facts)).toEqual(shape(plain));
  });

  test('gives the events in the order in which a live log needs them', () => {
    expect(follow(recording('ok')).events.map(({ kind }) => kind)).toEqual([
      'module',
      'goal',
      'goal',
      'nested-start',
      'nested-end',
      'nested-start',
      'nested-end',
      'goal',
      'end',
    ]);
  });

  test('finds out that a nested run failed although the outer one says BUILD SUCCESS', () => {
    const { facts } = follow(recording('connector_unresolvable'));
    expect(facts.outcome).toBe('success');
    expect(facts.nestedFailures).toHaveLength(2);
    expect(facts.nestedFailures[0]).toMatch(
      /^Failed to execute goal on project hello: Could not resolve dependencies .*:mi-connector-doesnotexist:zip:0\.0\.1 in central/,
    );
  });

  test.each(['ok', 'gitkeep', 'malformed_root_tag', 'junit_failures', 'text_file'])(
    '%s has no failed nested run, whatever [ERROR] lines it prints',
    (name) => {
      expect(follow(recording(name)).facts.nestedFailures).toEqual([]);
    },
  );
});

describe('single lines', () => {
  test('a compile error is found with file, line and column, and once although Maven prints it twice', () => {
    const { facts } = follow(`[INFO] Scanning for projects...
[INFO] --- maven-compiler-plugin:3.1:compile (default-compile) @ mediator ---
[ERROR] COMPILATION ERROR :
[ERROR] /w/src/main/java/Calc.java:[12,8] cannot find symbol
[ERROR]   symbol:   class Foo
[ERROR] /C:/w/Other.java:[3,1] class, interface, enum, or record expected
[INFO] BUILD FAILURE
[ERROR] Failed to execute goal org.apache.maven.plugins:maven-compiler-plugin:3.1:compile (default-compile) on project mediator: Compilation failure: Compilation failure:
[ERROR] /w/src/main/java/Calc.java:[12,8] cannot find symbol`);
    expect(facts.compileErrors).toEqual([
      { file: '/w/src/main/java/Calc.java', line: 12, column: 8, message: 'cannot find symbol' },
      { file: 'C:/w/Other.java', line: 3, column: 1, message: 'class, interface, enum, or record expected' },
    ]);
  });

  test('Maven 3.9 writes the prefix of a plugin instead of its artifact id', () => {
    const { facts } = follow('[INFO] --- clean:3.2.0:clean (default-clean) @ hello ---');
    expect(facts.goals).toMatchObject([{ module: 'hello', plugin: 'clean', goal: 'clean' }]);
  });

  test('the reason of a nested run of Maven 3.9 goes over several lines', () => {
    const { facts } = follow(`[INFO] Scanning for projects...
[INFO] --- vscode-car:5.4.12:car (default) @ hello ---
[INFO] Scanning for projects...
[INFO] BUILD FAILURE
[INFO] Finished at: 2026-11-24T14:54:51Z
[ERROR] Failed to execute goal on project hello: Could not resolve dependencies for project com.example.mi:hello:pom:1.0.0
[ERROR] dependency: org.example:mi-connector-gone:zip:0.0.1 (compile)
[ERROR] \tCould not find artifact org.example:mi-connector-gone:zip:0.0.1 in central (https://repo.example)
[ERROR] -> [Help 1]
[ERROR]
[ERROR] To see the full stack trace of the errors, re-run Maven with the -e switch.
[INFO] All dependencies resolved and extracted successfully.
[INFO] BUILD SUCCESS`);
    expect(facts.outcome).toBe('success');
    expect(facts.nestedFailures).toEqual([
      'Failed to execute goal on project hello: Could not resolve dependencies for project com.example.mi:hello:pom:1.0.0 dependency: org.example:mi-connector-gone:zip:0.0.1 (compile) Could not find artifact org.example:mi-connector-gone:zip:0.0.1 in central (https://repo.example)',
    ]);
  });

  test('Maven 4 marks the lines of nested runs, which are understood all the same', () => {
    const { facts } = follow(`[INFO] Scanning for projects...
[INFO] --- vscode-car:5.4.12:car (default) @ hello ---
[INFO] [stdout] [INFO] Scanning for projects...
[INFO] [stdout] [INFO] BUILD FAILURE
[INFO] [stdout] [INFO] Finished at: 2026-11-24T14:59:00Z
[INFO] [stdout] [ERROR] Failed to execute goal on project hello: no such artifact -> [Help 1]
[INFO] All dependencies resolved and extracted successfully.
[INFO] BUILD SUCCESS`);
    expect(facts.outcome).toBe('success');
    expect(facts.nestedFailures).toEqual(['Failed to execute goal on project hello: no such artifact']);
    expect(facts.goals[0]?.nestedMs).toBeGreaterThan(0);
  });

  test('modules of a reactor come with their position', () => {
    const { events } = follow(`[INFO] --------< com.example:parent >--------
[INFO] Building parent 1.0.0                                              [1/3]`);
    expect(events).toEqual([{ kind: 'module', name: 'parent 1.0.0', position: '1/3' }]);
  });

  test('a profile that does not exist is noticed: Maven only warns and goes on', () => {
    const { facts } = follow(
      '[WARNING] The requested profile "relase" could not be activated because it does not exist.',
    );
    expect(facts.unknownProfiles).toEqual(['relase']);
  });

  test('a goal that is still at work when Maven dies has lasted until then', () => {
    const console = readConsole();
    console.line('[INFO] --- car:1:car (default) @ hello ---', 1000);
    expect(console.facts(4000).goals).toMatchObject([{ goal: 'car', durationMs: 3000 }]);
  });
});

test('no console, however broken, is too much for it: goals follow each other and take no negative time', () => {
  const line = fc.oneof(
    fc.string(),
    fc.constantFrom(
      '[INFO] Scanning for projects...',
      '[INFO] BUILD SUCCESS',
      '[INFO] BUILD FAILURE',
      '[INFO] Finished at: now',
      '[INFO] --- a:1:b (c) @ d ---',
      '[INFO] All dependencies resolved and extracted successfully.',
      '[ERROR] /a/B.java:[1,2] x',
      '[INFO] Building x 1 [1/2]',
    ),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(line, fc.nat(1000))), (lines) => {
      const console = readConsole();
      let at = 0;
      for (const [text, pause] of lines) console.line(text, (at += pause));
      const { goals } = console.facts(at);
      goals.forEach(({ startedAt, durationMs, nestedMs }, index) => {
        expect(durationMs).toBeGreaterThanOrEqual(nestedMs);
        expect(startedAt + durationMs).toBeLessThanOrEqual(goals[index + 1]?.startedAt ?? at);
      });
    }),
  );
});

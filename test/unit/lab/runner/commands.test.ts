import { describe, expect, test } from '@jest/globals';
import { parseCommand } from '../../../../packages/lab/src/runner/commands.ts';

describe('workflow commands', () => {
  test.each([
    ['::error::it broke', { name: 'error', properties: {}, data: 'it broke' }],
    ['  ::ERROR file=a.ts,line=3::x', { name: 'error', properties: { file: 'a.ts', line: '3' }, data: 'x' }],
    [
      '::warning title=a%3Ab%2Cc::100%25%0Aof it',
      { name: 'warning', properties: { title: 'a:b,c' }, data: '100%\nof it' },
    ],
    ['::notice title=a=b::', { name: 'notice', properties: { title: 'a=b' }, data: '' }],
    ['::group::a::b', { name: 'group', properties: {}, data: 'a::b' }],
    ['::error %250A::%250A', { name: 'error', properties: {}, data: '%0A' }],
  ])('%j is read', (line, expected) => expect(parseCommand(line)).toEqual(expected));

  test.each(['text ::error::x', '::unknown::x', ':error::x', '::error', ''])('%j is an ordinary line', (line) =>
    expect(parseCommand(line)).toBeUndefined(),
  );
});

import { codes as base } from '../base/codes.ts';
import { InputError, type Problem } from '../base/errors.ts';

/** How we log in to one environment. */
export type Credentials =
  | { readonly kind: 'password'; readonly username: string; readonly password: string }
  | { readonly kind: 'token'; readonly token: string };

export interface GivenCredentials {
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly token: string | undefined;
}

/**
 * The credentials of one side, complete or refused: apictl would ask for what is missing, and wait.
 * @param side the prefix of the inputs: `from` or `to`
 * @throws InputError INPUT_INVALID
 */
export function readCredentials(side: string, { username, password, token }: GivenCredentials): Credentials {
  const problems: Problem[] = [];
  const wrong = (input: string, problem: string) =>
    problems.push({
      subject: `${side}-${input}`,
      problem,
      example: `\${{ secrets.${side.toUpperCase()}_${input.toUpperCase()} }}`,
    });
  if (token !== undefined && (username !== undefined || password !== undefined)) {
    wrong('token', 'is given together with user name or password: give one of both');
  } else if (token === undefined) {
    if (username === undefined) wrong('username', 'is needed (or a token)');
    if (password === undefined) wrong('password', 'is needed (or a token)');
    // apictl writes the name into JSON and a form as it is.
    const bad = username === undefined ? null : /["\\&+%#=\s]/.exec(username);
    if (bad !== null) wrong('username', `holds ${JSON.stringify(bad[0])}, which apictl does not send correctly`);
    if (password !== undefined && /[\r\n]/.test(password)) wrong('password', 'holds a line break');
  }
  if (problems.length > 0) throw new InputError(base.INPUT_INVALID, problems);
  return token === undefined
    ? { kind: 'password', username: username ?? '', password: password ?? '' }
    : { kind: 'token', token };
}

import type { ErrorCode } from '../base/errors.ts';
import { codes as base } from '../base/codes.ts';

/** Every error code of the toolkit by the room that owns it. docs/errors.md is made from it. */
export const catalogue: Readonly<Record<string, Readonly<Record<string, ErrorCode>>>> = {
  'Inputs, tools and services': base,
};

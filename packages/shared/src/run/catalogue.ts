import type { ErrorCode } from '../base/errors.ts';
import { codes as apim } from '../apim/codes.ts';
import { codes as base } from '../base/codes.ts';
import { codes as github } from '../github/codes.ts';
import { codes as kubernetes } from '../kubernetes/codes.ts';
import { codes as rollout } from '../kubernetes/rollout/codes.ts';
import { codes as maven } from '../maven/codes.ts';
import { codes as mi } from '../mi/codes.ts';
import { codes as oci } from '../oci/codes.ts';
import { codes as tools } from '../tools/codes.ts';

/** Every error code of the toolkit by its subject. docs/errors.md is made from it. */
export const catalogue: Readonly<Record<string, Readonly<Record<string, ErrorCode>>>> = {
  'Inputs, tools and services': { ...base, ...tools },
  'Maven builds': maven,
  'Micro Integrator': mi,
  'Images and registries': oci,
  Kubernetes: kubernetes,
  Rollouts: rollout,
  'API Manager': apim,
  GitHub: github,
};

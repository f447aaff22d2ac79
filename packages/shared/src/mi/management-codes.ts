import { defineCodes } from '../base/errors.ts';

/** Failures of asking a running Micro Integrator. */
export const managementCodes = defineCodes({
  MI_MANAGEMENT_REFUSED: {
    title: "MI's management API does not accept the login",
    meaning: 'The management API of the server answers 401 or 403 to the username and password of the step.',
    remedy: 'Give management-username and management-password of a user of this server, from a secret.',
  },
  MI_MANAGEMENT_FAILED: {
    title: "MI's management API does not answer as it should",
    meaning: 'The management API answers with an error, or with something that is no list of carbon applications.',
    remedy: 'Check that port 9164 of the pod is the management API of a Micro Integrator, and look at its log.',
  },
});

import { defineCodes } from '../base/errors.ts';

/** Failures around images and registries. */
export const codes = defineCodes({
  IMAGE_REFERENCE_INVALID: {
    title: 'An image reference is malformed',
    meaning: 'A text that should name an image does not follow the grammar registry/repository:tag@digest.',
    remedy: 'Write it like ghcr.io/acme/employee-service:1.4.0; repositories are in lower case.',
  },
  IMAGE_PLATFORM_INVALID: {
    title: 'A platform is malformed',
    meaning: 'A text that should name a platform is not os/architecture, optionally with a variant.',
    remedy: 'Write platforms like linux/amd64, linux/arm64 or linux/arm/v7.',
  },
  IMAGE_PLATFORM_MISSING: {
    title: 'The image does not exist for a platform',
    meaning: 'The image was found in the registry, and it has no variant for a platform that was asked for.',
    remedy: 'Choose platforms from the list in the message, or build the image for the missing one.',
  },
  IMAGE_MANIFEST_INVALID: {
    title: 'The registry holds a manifest that cannot be used',
    meaning: 'A manifest, index or configuration is not JSON, too large, of an old format, or lacks what it must have.',
    remedy: 'Push the image again with a current tool (Docker schema 2 or OCI), or choose another tag.',
  },
  IMAGE_LAYER_INVALID: {
    title: 'Files cannot be put into an image layer',
    meaning:
      'Paths inside the image clash, leave their folder, or are reserved for whiteouts; or a file cannot be read.',
    remedy: 'Correct the target paths named in the message: absolute, each used once.',
  },
  DOCKERFILE_INVALID: {
    title: 'The Dockerfile has an error',
    meaning:
      'An instruction of the Dockerfile is malformed, or copies what is not there; docker build fails there, too.',
    remedy: 'Correct the line that the message names.',
  },
  DOCKERFILE_CONTEXT_REFUSED: {
    title: 'The build context holds what an image must not take',
    meaning: 'A link leads out of the folder of the Dockerfile, in a circle, or there are far too many files.',
    remedy: 'Put the file itself into the context, or leave the link out with .dockerignore.',
  },
  DOCKER_UNAVAILABLE: {
    title: 'The image needs docker, and docker does not answer',
    meaning:
      'The Dockerfile holds instructions that only docker can carry out, or image-builder says docker, and there is no usable docker on this runner.',
    remedy: 'Use a runner with docker, or move those instructions into your own base image, which is then built once.',
  },
  DOCKER_BUILD_FAILED: {
    title: 'docker build failed',
    meaning: 'docker ended with an error that this action has no better name for.',
    remedy: 'Read docker’s own words in the message and in the summary.',
  },
  DOCKER_STEP_FAILED: {
    title: 'A command in the Dockerfile failed',
    meaning: 'A RUN instruction ended with another exit code than 0.',
    remedy: 'Read the output of that command in the log of the step; run docker build on your own machine to try it.',
  },
  DOCKER_BASE_UNAVAILABLE: {
    title: 'docker cannot pull an image that the Dockerfile names',
    meaning: 'The image of a FROM or COPY --from does not exist, or this account may not read it.',
    remedy: 'Correct the name, or log in to its registry in an earlier step (docker/login-action).',
  },
  DOCKER_NO_SPACE: {
    title: 'docker ran out of disk space',
    meaning: 'The disk of the runner is full.',
    remedy: 'Remove what the job does not need (docker system prune), or use a larger runner.',
  },
  DOCKER_PLATFORM_UNSUPPORTED: {
    title: 'docker cannot build for a platform',
    meaning: 'The builder of this docker makes images for one platform, or cannot run programs of another one.',
    remedy:
      'Set platforms to the one of the runner, or run docker/setup-qemu-action and docker/setup-buildx-action before.',
  },
  DOCKER_CERTIFICATE: {
    title: 'The docker daemon does not trust the registry',
    meaning: 'The daemon pushes by itself and does not know the certificate authority that registry-ca gives.',
    remedy: 'Put the certificate into /etc/docker/certs.d/<registry>/ca.crt on the runner, or build without docker.',
  },
  IMAGE_EPOCH_INVALID: {
    title: 'SOURCE_DATE_EPOCH is not a number of seconds',
    meaning: 'SOURCE_DATE_EPOCH gives the time that is written into the image; it must be a whole number of seconds.',
    remedy: 'Set it like SOURCE_DATE_EPOCH=$(git log -1 --pretty=%ct), or leave it unset.',
  },
  IMAGE_CONTENT_MISMATCH: {
    title: 'The registry gave other content than it named',
    meaning: 'The bytes that came back do not have the digest under which they were asked for or announced.',
    remedy: 'A proxy or a damaged registry storage does this. Pull through another way, or push the image again.',
  },
  IMAGE_TAG_MISMATCH: {
    title: 'A tag does not point to what was pushed',
    meaning: 'After the push the tag was read back from the registry, and it names another image.',
    remedy: 'Look for another workflow that pushes the same tag at the same time, and for immutable tag rules.',
  },
  IMAGE_REFERRER_MISSING: {
    title: 'The registry does not list what was attached',
    meaning: 'An SBOM or a provenance statement was pushed for the image, and the registry does not show it there.',
    remedy:
      'Run the step again; when it stays so, the registry does not support referrers: leave sbom and provenance out.',
  },
  REGISTRY_UNAUTHORIZED: {
    title: 'The registry does not know who asks',
    meaning: 'The registry refused the request for lack of valid credentials.',
    remedy:
      'Give registry-username and registry-password, or log in in an earlier step (docker/login-action); if you did, check that this account may pull and push there. A private or misspelt repository answers the same.',
  },
  REGISTRY_FORBIDDEN: {
    title: 'The registry does not allow it',
    meaning: 'The credentials are valid, and they do not have the permission that this request needs.',
    remedy:
      'Grant the account push (or pull) on the repository; on ghcr.io the job needs `permissions: packages: write` and the package must trust the repository.',
  },
  REGISTRY_NOT_FOUND: {
    title: 'The registry does not have it',
    meaning: 'The repository, tag, digest or blob does not exist in the registry, or is hidden from these credentials.',
    remedy: 'Check the spelling of registry, repository and tag, and that the image was pushed before.',
  },
  REGISTRY_RATE_LIMITED: {
    title: 'The registry limits the rate of requests',
    meaning: 'The registry answered "too many requests" until the attempts were used up.',
    remedy: 'Log in (anonymous limits are lower), use a mirror or your own registry for the base image, or try later.',
  },
  REGISTRY_UNAVAILABLE: {
    title: 'The registry failed',
    meaning: 'The registry answered with a server error until the attempts were used up.',
    remedy: 'Run the step again: what is already in the registry is not uploaded twice. Look at the registry’s status.',
  },
  REGISTRY_REFUSED: {
    title: 'The registry refused the request',
    meaning: 'The registry answered that the request itself is not acceptable.',
    remedy: 'Read the registry’s own words in the message: quota, immutable tags and policies answer like this.',
  },
  REGISTRY_PROTOCOL: {
    title: 'The answer is not that of a registry',
    meaning: 'The service answered in a way that the OCI distribution specification does not allow.',
    remedy: 'Check that the reference names a registry and not a web page or a proxy’s login form.',
  },
  REGISTRY_CREDENTIALS_UNREADABLE: {
    title: 'Stored registry credentials cannot be read',
    meaning: 'The docker configuration file is not readable JSON, or an entry in it is not user:password in base64.',
    remedy: 'Log in again with docker login, or give registry-username and registry-password.',
  },
  REGISTRY_CREDENTIAL_HELPER: {
    title: 'A docker credential helper failed',
    meaning: 'The docker configuration names a credential helper, and the helper is absent or ended with an error.',
    remedy: 'Install and set up the helper that the message names, or give registry-username and registry-password.',
  },
});

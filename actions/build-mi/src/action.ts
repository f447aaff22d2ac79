import {
  boolean,
  choice,
  defineAction,
  duration,
  lines,
  pairs,
  path,
  secret,
  text,
} from '@wso2-delivery/shared/run/declaration';

export const action = defineAction({
  name: 'build-mi',
  description:
    'Build and test a Micro Integrator project, check its carbon application against the sources, and push an image of it.',
  icon: 'package',
  inputs: {
    project: path('Folder of the Maven project, or its pom file. Without it the workspace root.', {
      exists: 'any',
      example: 'integration/employee-service',
    }),
    builder: choice(
      ['maven', 'native', 'auto'],
      'What packages the carbon application. `native` does it without Maven and runs no tests; `auto` does so where the result is proven to be the same, and tells why not elsewhere.',
      { default: 'maven' },
    ),
    goals: text('Goals and phases for the one Maven run.', { default: 'clean install' }),
    profiles: lines('Maven profiles to activate, one a line (`!name` to deactivate).', { example: 'solution' }),
    'maven-args': lines('More arguments for Maven, one a line. Never a password: use `settings` with ${env.…}.', {
      example: '-Drevision=1.4.0',
    }),
    settings: path('A Maven settings.xml, also for the Maven runs inside the CAR plugin.', {
      exists: 'file',
      example: 'ci/settings.xml',
    }),
    libraries: path(
      'Folder with connectors and jars for `builder: native`, each with its .sha256 beside it. Without it the local Maven repository alone.',
      { exists: 'folder', example: 'ci/libraries' },
    ),
    'skip-tests': boolean('Build without running any tests.', { default: 'false' }),
    timeout: duration('How long the Maven run may take.', { default: '30m' }),
    cars: lines(
      'Carbon applications that are built already, paths or patterns, one a line: Maven does not run then. Where there is a project they are still compared with it.',
      {
        example: 'target/*.car',
      },
    ),
    check: choice(
      ['error', 'warn', 'off'],
      'What a difference between sources and carbon application does: fail the step, warn, or nothing.',
      { default: 'error' },
    ),
    image: text('Repository to push the image to. Without it no image is made.', {
      example: 'ghcr.io/acme/employee-service',
    }),
    tags: lines('Tags for the image, one a line. Without any: the one in `image`, else the commit.', {
      example: '${{ github.sha }}',
    }),
    'base-image': text(
      'Image to build on. Without it: FROM of the Dockerfile, else wso2/wso2mi with project.runtime.version of the pom.',
      { example: 'wso2/wso2mi:4.4.0' },
    ),
    'image-builder': choice(
      ['auto', 'layers', 'docker'],
      '`layers` puts layers on the base without docker; `docker` builds the Dockerfile with docker; `auto` carries a Dockerfile that executes nothing out as layers, and hands any other one to docker.',
      { default: 'auto' },
    ),
    dockerfile: path(
      'Dockerfile of the image; its folder is the build context. Without it: the one of the project, if there is one.',
      { exists: 'file', example: 'Dockerfile' },
    ),
    'build-args': pairs('Values for ARG in the Dockerfile, one NAME=value a line.', { example: 'MI_VERSION=4.4.0' }),
    files: pairs(
      'More files for the image, one source=target a line: jars, dropins, keystores. Sources are files, folders or patterns in the workspace; targets are relative to the home of the server, a folder ends in a slash.',
      { example: 'ci/ojdbc11.jar=lib/' },
    ),
    'deployment-toml': path(
      'deployment.toml for the image. Without it: what the Dockerfile copies, else deployment/deployment.toml of the project.',
      { exists: 'file', example: 'deployment/deployment.toml' },
    ),
    platforms: lines('Platforms of the image, one a line. Without it all of the base.', { example: 'linux/amd64' }),
    labels: pairs('More labels for the image, one key=value a line.', {
      example: 'org.opencontainers.image.vendor=Acme',
    }),
    push: boolean('Push the image. When false its digest is computed and nothing is sent.', { default: 'true' }),
    sbom: boolean('Attach a CycloneDX list of artifacts, connectors and jars to the image in the registry.', {
      default: 'false',
    }),
    provenance: boolean(
      'Attach a SLSA provenance statement to the image in the registry. Unsigned: actions/attest signs.',
      { default: 'false' },
    ),
    'registry-username': text('User name for the registry of `image`. Without it: what docker login left.', {
      example: '${{ github.actor }}',
    }),
    'registry-password': secret('Password or token for the registry of `image`.', {
      example: '${{ secrets.GITHUB_TOKEN }}',
    }),
    'registry-ca': path('Certificate authority of the registry, PEM.', { exists: 'file', example: 'ci/ca.pem' }),
  },
  outputs: {
    cars: 'The carbon applications, paths relative to the workspace, one a line.',
    'carbon-applications': 'JSON: what they hold, a list of {name, version, artifacts: [{name, version, type}]}.',
    tests: 'JSON: {total, passed, failed, skipped, flaky}.',
    image: 'repository@digest, to be deployed as it is. Set when the image was pushed.',
    digest: 'The digest of the image.',
    tags: 'The tags that were pushed, one a line.',
    report: 'Path of a JSON file with everything that is known about this run.',
  },
});

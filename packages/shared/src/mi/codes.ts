import { defineCodes } from '../base/errors.ts';

/** Failures around carbon applications, the server's configuration, the MI base image and a running MI. */
export const codes = defineCodes({
  CAR_NOT_BUILT: {
    title: 'The build left no carbon application',
    meaning: 'Maven ended well, and no .car file of this run lies in the target folder of a module.',
    remedy:
      'Bind the goal `car` of the CAR plugin to a phase that the goals reach (compile), and check that the module with the carbon application is part of the build.',
  },
  CAR_NOT_PACKABLE: {
    title: 'The sources cannot be packaged',
    meaning:
      'With builder: native, a source was met at which the CAR plugin fails too, or that it packs under no name. No carbon application was made.',
    remedy: 'Correct the annotated files.',
  },
  LIBRARY_UNAVAILABLE: {
    title: 'A connector or library is not where it can be taken from',
    meaning:
      'With builder: native, connectors, what connectors need and class mediators come from the libraries input or the local Maven repository, with a checksum beside each. Nothing is downloaded.',
    remedy:
      'Put the file with its .sha256 (or .sha512, .sha1) into the folder of the libraries input, fill the local repository in an earlier step, or use builder: maven.',
  },
  CAR_NOT_FOUND: {
    title: 'A given carbon application does not exist',
    meaning: 'A line of the cars input leads to no .car file in the workspace.',
    remedy: 'Correct the path, and check that the step that makes the file (a build, a download) runs before.',
  },
  CAR_MALFORMED: {
    title: 'A file is no carbon application',
    meaning:
      'The file is empty, no zip, damaged, or a zip without a readable artifacts.xml. MI would skip it silently.',
    remedy: 'Build it again; when it was downloaded, check that the download was complete.',
  },
  CAR_DIFFERS: {
    title: 'The carbon application is not what the sources say',
    meaning:
      'Something of the sources is missing in the CAR, broken, or different from what was written. Maven reports success in most of these cases.',
    remedy: 'Correct the annotated files; `check: warn` lets the build pass with warnings.',
  },
  CAR_DUPLICATE: {
    title: 'Two carbon applications have the same name and version',
    meaning: 'MI deploys the first of them and ignores the other with a line in its log.',
    remedy: 'Give each application its own artifactId, or leave one of the files out with the cars input.',
  },
  BASE_IMAGE_NOT_MI: {
    title: 'The base image is no Micro Integrator',
    meaning:
      'The image does not say where its server is (environment variable WSO2_SERVER_HOME), so nobody knows where carbon applications belong.',
    remedy: 'Use wso2/wso2mi:<version> or an image built on it, or set WSO2_SERVER_HOME with ENV in your base.',
  },
  BASE_IMAGE_USER_UNKNOWN: {
    title: 'The user of the base image cannot be told',
    meaning: 'The image names its user in a way that gives no number, so the files cannot get their owner.',
    remedy: 'Set USER in the base image to uid:gid in numbers, for example 802:802.',
  },
  BASE_IMAGE_UNKNOWN: {
    title: 'It is not said what to build the image on',
    meaning: 'Neither the base-image input, nor a Dockerfile, nor project.runtime.version in the pom names a base.',
    remedy: 'Set the base-image input, for example wso2/wso2mi:4.4.0.',
  },
  DOCKERFILE_UNSUPPORTED: {
    title: 'The Dockerfile needs docker',
    meaning:
      'The Dockerfile has instructions that execute something or copy from elsewhere, which only docker can carry out, and docker does not answer on this runner.',
    remedy:
      'Use a runner with docker, move those steps into your own base image and name it with base-image, or set image-builder: layers to build without this Dockerfile.',
  },
  IMAGE_CARS_DIFFER: {
    title: 'The image would not hold the carbon applications of this build',
    meaning:
      'The Dockerfile leaves out a carbon application that was built, or copies one that an earlier build left in target/.',
    remedy: 'Copy target/*.car to the carbonapps folder of the server, and run Maven with the goal clean.',
  },
  DEPLOYMENT_TOML_MALFORMED: {
    title: 'deployment.toml is not valid TOML',
    meaning: 'The server reads TOML 0.5 and would not start with this file.',
    remedy: 'Correct the file at the line named in the message.',
  },
  DEPLOYMENT_TOML_MISREAD: {
    title: 'The server would misread deployment.toml',
    meaning:
      'A table is written where the server reads a list, or the other way round. It says nothing about it and starts with another configuration than the one that is written.',
    remedy: 'Correct the annotated lines; `check: warn` lets the build pass with warnings.',
  },
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

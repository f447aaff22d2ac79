/** What a step inherits from the machine: enough to find programs, nothing that belongs to whoever started the lab. */

const INHERITED =
  /^(PATH|HOME|USER|LOGNAME|SHELL|LANG|LANGUAGE|LC_[A-Z]+|TZ|JAVA_HOME(_\w+)?|JAVA_TOOL_OPTIONS|MAVEN_\w+|M2_HOME|M2|DOCKER_HOST|SSL_CERT_FILE|SSL_CERT_DIR|NODE_EXTRA_CA_CERTS|https?_proxy|no_proxy|HTTPS?_PROXY|NO_PROXY)$/;

export function cleanEnvironment(source: NodeJS.ProcessEnv): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(source))
    if (value !== undefined && INHERITED.test(name)) kept[name] = value;
  return kept;
}

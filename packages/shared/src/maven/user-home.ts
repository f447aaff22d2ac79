/** The home that Maven uses, which is Java's and not the shell's. */
import { homedir, userInfo } from 'node:os';

/**
 * Java's user.home: what the system's list of users says, whatever HOME is. For a user who is not in it (a container
 * that runs under any id, as OpenShift starts it) HOME, as Java does from 19 on (JDK-8280357).
 */
export function userHome(): string {
  try {
    return userInfo().homedir;
  } catch {
    return homedir();
  }
}

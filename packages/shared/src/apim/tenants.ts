/** The tenant of a user: what stands behind the last @, else carbon.super (carbon, MultitenantUtils: getTenantDomain). */
export function tenantOf(user: string): string {
  const at = user.lastIndexOf('@');
  return at === -1 ? 'carbon.super' : user.slice(at + 1);
}

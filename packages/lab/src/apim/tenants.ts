/** The tenant of those who name none. */
export const superTenant = 'carbon.super';

/** What stands behind the last @ of a user name (carbon, MultitenantUtils: getTenantDomain). */
export function tenantOf(user: string): string {
  const at = user.lastIndexOf('@');
  return at === -1 ? superTenant : user.slice(at + 1);
}

/** A user as API Manager writes him: those of the super tenant without it. */
export function userIn(user: string): string {
  return user.endsWith(`@${superTenant}`) ? user.slice(0, -superTenant.length - 1) : user;
}

/** The context of an API in a tenant (carbon-apimgt, APIMappingUtil: fromDTOtoAPI; ImportUtils: setCurrentProviderToContext). */
export function contextIn(tenant: string, context: string): string {
  const own = context.replace(/^\/t\/[^/]+(?=\/)/, '');
  return tenant === superTenant ? own : `/t/${tenant}${own}`;
}

/**
 * Government departments that rent the cloud: registration, plan, quotas and the end of the rent.
 */
package govcloud.domain.tenant;

/**
 * Accounts of people and programs: how they get in, what they may do, and what keeps others out.
 */
package govcloud.domain.identity;

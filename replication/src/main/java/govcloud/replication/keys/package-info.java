/**
 * The cloud's keys: signing keys, the secrets of an epoch, and the recovery key that exists only as
 * shares.
 */
package govcloud.replication.keys;

/** Writes the lost cloud's log into an empty keyspace. */
package govcloud.recovery.restore;

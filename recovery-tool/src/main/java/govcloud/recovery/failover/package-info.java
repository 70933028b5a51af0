/** Gives a rebuilt cloud what it needs beside its data: new keys, and its archive. */
package govcloud.recovery.failover;

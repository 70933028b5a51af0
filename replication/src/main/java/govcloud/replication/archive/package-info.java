/**
 * Replica files: segments, manifests, cuts and receipts are written, checked without any decryption
 * key, and opened with one. No clock, no threads, no network.
 */
package govcloud.replication.archive;

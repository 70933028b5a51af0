/** Where archives lie: a folder, or a bucket of an S3-compatible object store. */
package govcloud.replication.store;

/**
 * A replica that is read over HTTPS from the cloud that keeps it: what that cloud answers, and how
 * a recovery reads it over lines that are slow and break.
 */
package govcloud.replication.reading;

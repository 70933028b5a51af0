/** What runs inside the child JVM beside Cassandra: a main that ties the database to its parent. */
package govcloud.localcassandra.launcher;

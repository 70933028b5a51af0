/**
 * Signed statements: the frame that every replica file begins with, who may sign, and what can be
 * wrong.
 */
package govcloud.replication.statement;

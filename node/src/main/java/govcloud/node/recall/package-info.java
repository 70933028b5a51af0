/** Recalls of wrong records: who received them, who has acknowledged, and who has not. */
package govcloud.node.recall;

/** Reading a slice in order by position, and one entity from its first record. */
package govcloud.journal.reader;

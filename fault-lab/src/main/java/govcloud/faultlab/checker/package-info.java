/** Judges a history by what lies in Cassandra, read without any code of the product. */
package govcloud.faultlab.checker;

/** Figures that compare two things in one run on the same Cassandra. */
package govcloud.benchmarks;

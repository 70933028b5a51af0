/** People whose data a department has: legal holds on the data, and their erasure. */
package govcloud.domain.subject;

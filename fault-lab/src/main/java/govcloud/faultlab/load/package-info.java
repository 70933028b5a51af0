/** Clients that work cases over HTTP and write down what they were told. */
package govcloud.faultlab.load;

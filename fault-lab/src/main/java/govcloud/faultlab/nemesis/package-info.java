/** Which faults there are, when a seed makes them, and how each proves that it bit. */
package govcloud.faultlab.nemesis;

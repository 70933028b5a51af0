/** Starts real processes, breaks what is under them by a seeded plan, and judges what is left. */
package govcloud.faultlab;

/** What clients asked and were told, and which faults were made meanwhile: one line each. */
package govcloud.faultlab.history;

/** What citizens see of themselves: who looked at their data, and what they say to it. */
package govcloud.node.citizen;

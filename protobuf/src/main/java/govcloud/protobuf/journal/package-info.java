/** How commits of the domain's aggregates are written in journal records, for ever readable. */
package govcloud.protobuf.journal;

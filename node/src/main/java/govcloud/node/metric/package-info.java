/** Figures of a node for those who watch it: OpenTelemetry instruments, Prometheus text, OTLP. */
package govcloud.node.metric;

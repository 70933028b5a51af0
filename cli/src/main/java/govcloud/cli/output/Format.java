package govcloud.cli.output;

/** How data is written. Lower case on the command line. */
public enum Format {
  /** For people. */
  table,
  /** One JSON document. */
  json,
  /** One JSON document per line, while it comes. */
  jsonl
}

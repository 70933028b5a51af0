package govcloud.journal.simulation;

/** What can be asked of the database. */
public enum Operation {
  APPEND,
  READ,
  READ_SERIAL,
  TRIM,
  READ_WATERMARK,
  RAISE_WATERMARK,
  READ_CHUNKS,
  READ_LAST_CHUNK,
  WRITE_CHUNK,
  READ_POSITIONS
}

package govcloud.pki;

/** What can be wrong with certificates, keys and their files. */
public enum PkiDefect {
  /** A file that is needed is not there. */
  TLS_FILE_MISSING("the file is missing"),
  /** A file cannot be read or written. */
  TLS_FILE_UNUSABLE("the file cannot be used"),
  /** Others than its owner can read a file with a private key. */
  TLS_KEY_EXPOSED("others can read the private key"),
  /** A file holds no certificate, or one that cannot be read. */
  TLS_CERTIFICATE_UNREADABLE("no readable certificate"),
  /** A file holds no private key, or one that cannot be read. */
  TLS_KEY_UNREADABLE("no readable private key"),
  /** The private key is not that of the certificate. */
  TLS_KEY_FOREIGN("the key is not that of the certificate"),
  /** The certificate is not valid now. */
  TLS_CERTIFICATE_NOT_VALID("the certificate is not valid now");

  private final String meaning;

  PkiDefect(String meaning) {
    this.meaning = meaning;
  }

  /** A few words. */
  public String meaning() {
    return meaning;
  }
}

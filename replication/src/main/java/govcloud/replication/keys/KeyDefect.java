package govcloud.replication.keys;

/** What can be wrong with keys, shares and their files. */
public enum KeyDefect {
  /** A file that is to be written is there already. */
  KEY_FILE_EXISTS("the file exists"),
  /** A file that is needed is not there. */
  KEY_FILE_MISSING("the file is missing"),
  /** A file cannot be read or written. */
  KEY_FILE_UNUSABLE("the file cannot be used"),
  /** A file's text is not as it was written. */
  KEY_FILE_DAMAGED("the file is damaged"),
  /** Others can read a file with a secret. */
  KEY_FILE_EXPOSED("others can read the file"),
  /** A share belongs to another recovery key. */
  KEY_SHARE_FOREIGN("the share belongs to another recovery key"),
  /** A share's content is not the one that was made. */
  KEY_SHARE_WRONG("the share is not the one that was made"),
  /** Too few good shares. */
  KEY_SHARES_TOO_FEW("too few good shares"),
  /** The grant does not open with this recovery key. */
  KEY_GRANT_NOT_OPENED("the sealed keys do not open"),
  /** A cloud's card is not one, or not of the cloud that was trusted under this name. */
  KEY_CARD_WRONG("the cloud's card is wrong"),
  /** A key's statement does not follow the one before. */
  KEY_STATEMENT_WRONG("the key's statement is wrong"),
  /** Two officers have not signed that there is such a key. */
  KEY_NOT_APPROVED("two officers have not signed for the key"),
  /** A person's key does not open with the vault's key. */
  VAULT_KEY_WRONG("the vault's key does not open it");

  private final String meaning;

  KeyDefect(String meaning) {
    this.meaning = meaning;
  }

  /** A few words. */
  public String meaning() {
    return meaning;
  }
}

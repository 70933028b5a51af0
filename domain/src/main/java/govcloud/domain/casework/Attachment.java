package govcloud.domain.casework;

/**
 * The content of a material. The bytes lie in the archive; a case knows where and what they are.
 *
 * @param address SHA-256 of the bytes as stored, 64 hexadecimal digits
 * @param mediaType such as {@code application/pdf}
 * @param length of the content in bytes
 * @param fileName what people call the file
 */
public record Attachment(String address, String mediaType, long length, String fileName) {}

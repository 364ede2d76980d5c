package io.tributary.codecs.message;

/**
 * What a device calls one of its requests.
 *
 * @param device 1 to 64 characters
 * @param id 1 to 128 characters, unique on that device
 */
public record ClientId(String device, String id) {
  public static final int DEVICE_CHARACTERS_MAX = 64;
  public static final int ID_CHARACTERS_MAX = 128;

  public ClientId {
    if (device.isEmpty() || device.length() > DEVICE_CHARACTERS_MAX) {
      throw new IllegalArgumentException("a device's name has 1 to 64 characters");
    }
    if (id.isEmpty() || id.length() > ID_CHARACTERS_MAX) {
      throw new IllegalArgumentException("an id has 1 to 128 characters");
    }
  }
}

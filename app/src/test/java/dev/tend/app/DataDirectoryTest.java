package dev.tend.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DataDirectoryTest {

  @Test
  void onLinuxItFollowsXdg() {
    assertThat(DataDirectory.of("Linux", "/home/bob", Map.of()))
        .isEqualTo(Path.of("/home/bob/.local/share/tend"));
    assertThat(DataDirectory.of("Linux", "/home/bob", Map.of("XDG_DATA_HOME", "/data")))
        .isEqualTo(Path.of("/data/tend"));
    assertThat(DataDirectory.of("Linux", "/home/bob", Map.of("XDG_DATA_HOME", "relative")))
        .isEqualTo(Path.of("/home/bob/.local/share/tend"));
  }

  @Test
  void anEmptyHomeSaysNothing() {
    assertThat(DataDirectory.of("Linux", "/home/bob", Map.of("HOME", "")))
        .isEqualTo(Path.of("/home/bob/.local/share/tend"));
  }

  @Test
  void onMacAndWindowsItIsWhereApplicationsKeepTheirData() {
    assertThat(DataDirectory.of("Mac OS X", "/Users/bob", Map.of()))
        .isEqualTo(Path.of("/Users/bob/Library/Application Support/Tend"));
    assertThat(DataDirectory.of("Windows 11", "/bob", Map.of("APPDATA", "/roaming")))
        .isEqualTo(Path.of("/roaming/Tend"));
    assertThat(DataDirectory.of("Windows 11", "/bob", Map.of()))
        .isEqualTo(Path.of("/bob/AppData/Roaming/Tend"));
  }
}

package dev.tend.store;

import dev.tend.todo.backup.BackupFailed;
import dev.tend.todo.backup.Headway;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Copies a backup's files, and makes sure that each is the one that the manifest means. */
final class BackupCopy {
  private static final int BLOCK = 1 << 18;

  private final Backup backup;

  BackupCopy(Backup backup) {
    this.backup = backup;
  }

  Backup into(Path folder, Headway headway) throws BackupFailed {
    String name = backup.path().getFileName().toString();
    try {
      if (Files.exists(folder.resolve(name))) {
        if (Files.isSameFile(folder.resolve(name), backup.path())) {
          return backup;
        }
        throw new BackupFailed("There is already a %s in %s.".formatted(name, folder));
      }
      return Draft.write(
          folder,
          name,
          backup.catalog(),
          draft -> {
            files(draft, headway);
            Io.write(draft.resolve(Manifest.NAME), backup.manifest().bytes());
          });
    } catch (IOException e) {
      throw new BackupFailed(
          "The backup %s is whole where it is; it could not be copied to %s: %s."
              .formatted(backup.path(), folder, Io.words(e)),
          e);
    }
  }

  /** All but the manifest, synced. */
  void files(Path folder, Headway headway) throws IOException, BackupFailed {
    long total = backup.made().bytes();
    long before = 0;
    for (Manifest.Part part : backup.manifest().parts()) {
      copy(part, folder.resolve(part.file()), before, total, headway);
      before += part.size();
    }
  }

  private void copy(Manifest.Part part, Path to, long before, long total, Headway headway)
      throws IOException, BackupFailed {
    MessageDigest digest = sha256();
    try (InputStream in =
            new DigestInputStream(
                Files.newInputStream(backup.path().resolve(part.file())), digest);
        OutputStream out = Files.newOutputStream(to)) {
      byte[] block = new byte[BLOCK];
      long done = before;
      for (int n = in.read(block); n >= 0; n = in.read(block)) {
        out.write(block, 0, n);
        done += n;
        headway.at(done, total);
      }
    }
    if (!HexFormat.of().formatHex(digest.digest()).equals(part.sha256())) {
      throw new BackupFailed(
          "The backup %s was altered: %s is not as it was written."
              .formatted(backup.path(), part.file()));
    }
    Io.sync(to);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}

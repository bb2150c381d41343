package dev.tend.store;

import dev.tend.todo.journal.CatalogFile;
import dev.tend.todo.journal.ListStore;
import dev.tend.todo.journal.Shard;
import dev.tend.todo.journal.StoreException;
import java.nio.file.Path;
import java.util.Optional;

/** The files that a folder's marker names. */
record SqliteStore(Path folder, Marker marker, OpenFiles files) implements ListStore {

  @Override
  public int shards() {
    return marker.shards().size();
  }

  @Override
  public Shard openShard(int number) throws StoreException {
    Marker.ShardFile shard = marker.shards().get(number - 1);
    return SqliteFile.open(
        Schema.SHARD, folder.resolve(shard.file()), shard.uuid(), files, SqliteShard::new);
  }

  @Override
  public CatalogFile openCatalog() throws StoreException {
    return SqliteFile.open(
        Schema.CATALOG,
        catalog(),
        marker.catalog(),
        files,
        file -> new SqliteCatalog(file, shards()));
  }

  @Override
  public Optional<String> shardDamage(int number) throws StoreException {
    Path shard = folder.resolve(marker.shards().get(number - 1).file());
    return SqliteFile.damage(Schema.SHARD, shard, files);
  }

  @Override
  public Optional<String> catalogDamage() throws StoreException {
    return SqliteFile.damage(Schema.CATALOG, catalog(), files);
  }

  private Path catalog() {
    return folder.resolve(Marker.CATALOG_FILE);
  }
}

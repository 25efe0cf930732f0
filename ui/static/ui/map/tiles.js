// Tiles, asked once each: what was seen is kept, what is being asked is not asked again.

export class TileStore {
  /** root: address before the edition; query: of the page; fetch: may be replaced by a test. */
  constructor({ root, query, edition, fetch = globalThis.fetch.bind(globalThis), most = 256 }) {
    Object.assign(this, { root, query, edition, fetch, most });
    this.kept = new Map();
    this.onNewEdition = () => {};
  }

  address({ level, x, y }) {
    const query = this.query ? `?${this.query}` : "";
    return `${this.root}${encodeURIComponent(this.edition)}/${level}/${x}/${y}.json${query}`;
  }

  /** The columns of a tile; a tile that could not be had is asked again next time. */
  get(tile) {
    const address = this.address(tile);
    const known = this.kept.get(address);
    if (known) {
      // The last used stands last, the first is forgotten first.
      this.kept.delete(address);
      this.kept.set(address, known);
      return known;
    }
    const asked = this.ask(address).catch((error) => {
      this.kept.delete(address);
      throw error;
    });
    this.kept.set(address, asked);
    while (this.kept.size > this.most) this.kept.delete(this.kept.keys().next().value);
    return asked;
  }

  async ask(address) {
    const edition = this.edition;
    const answer = await this.fetch(address, { credentials: "same-origin" });
    if (!answer.ok) throw new Error(`${answer.status} ${address}`);
    const columns = await answer.json();
    if (columns.e !== edition && columns.e !== this.edition && columns.e) {
      // Somebody changed a sheet meanwhile: the old tiles no longer go together with the new ones.
      this.edition = columns.e;
      this.kept.clear();
      this.onNewEdition();
    }
    return columns;
  }
}

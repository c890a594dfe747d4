// Each widget brings the whole script, and the page reads it once: the first one to be shown loads
// it, the others use that. Another version of the script has another KEY.

export default {
  async render(given) {
    globalThis[KEY] ??= (async () => {
      const address = URL.createObjectURL(new Blob([CODE], { type: "text/javascript" }));
      try {
        return await import(address);
      } finally {
        URL.revokeObjectURL(address);
      }
    })();
    return (await globalThis[KEY]).render(given);
  },
};

// Help: one country at a time, chosen by hand and kept nowhere; Back is where the reader came from.

document.addEventListener("DOMContentLoaded", () => {
  const choice = document.getElementById("eg-country");
  const shown = () => {
    for (const country of document.querySelectorAll(".eg-country")) {
      country.hidden = country.dataset.country !== choice.value;
    }
  };
  choice.closest("p").hidden = false;
  choice.addEventListener("change", shown);
  shown();

  document.getElementById("eg-back").addEventListener("click", (event) => {
    if (history.length < 2) return;
    event.preventDefault();
    history.back();
  });
});

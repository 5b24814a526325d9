// Opens forms of the demo page without a click, where the way there is not what a test is about.

/** Opens a new form of this type, by the page's address; whatever was open before it is left. */
export function openForm(page, { api, type }) {
  return page.evaluate(async (address) => {
    const form = document.querySelector("jackfield-form");
    const before = form.form;
    location.hash = address;
    while (!form.form || form.form === before) {
      if (form.querySelector(".jf-alert")) throw new Error(form.textContent);
      await new Promise(requestAnimationFrame);
    }
  }, `#${api}/${type}`);
}

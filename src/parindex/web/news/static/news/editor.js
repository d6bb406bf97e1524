// Puts an editor before the text of an article. Without this script the text field does the same work.
"use strict";
(() => {
  const field = document.getElementById("body");
  if (!field) return;
  const words = JSON.parse(field.dataset.words || "{}");
  window.gettext = (said) => words[said] || said;
  const library = new URL("../django_prose_editor/editor.js", document.currentScript.src);

  function named(menu) {
    for (const button of menu.querySelectorAll("button[data-name]")) {
      const said = words[button.dataset.name];
      if (!said) continue;
      button.title = said;
      button.setAttribute("aria-label", said);
    }
  }

  function begin(pe) {
    const place = document.createElement("div");
    place.className = field.dataset.editor;
    field.before(place);
    place.append(field);
    document.querySelector("#body-h [data-plain]").hidden = true; // signs of the plain field, which has no buttons
    const editor = new pe.Editor({
      element: place,
      injectCSS: false, // its rules are in the library's own sheet; a style within the page would be refused
      content: field.value,
      editorProps: { attributes: { role: "textbox", "aria-multiline": "true", "aria-labelledby": "body-l", "aria-describedby": "body-h" } },
      extensions: [
        pe.Document, pe.Paragraph, pe.Text, pe.HardBreak, pe.Dropcursor, pe.Gapcursor, pe.History, pe.Menu,
        pe.Heading.configure({ levels: [2, 3] }), pe.Bold, pe.Italic, pe.Link.configure({ enableTarget: false }),
        pe.BulletList, pe.OrderedList.configure({ enableListAttributes: false }), pe.ListItem, pe.Blockquote,
        // all that the server lets stay: what an editor does not know it would drop
        pe.HorizontalRule, pe.Underline, pe.Strike, pe.Subscript, pe.Superscript,
        pe.Table.configure({ resizable: false }), pe.TableRow, pe.TableHeader, pe.TableCell,
      ],
      onCreate: () => named(place), // once the menu is there
      onUpdate: ({ editor: now }) => { field.value = now.isEmpty ? "" : now.getHTML(); },
    });
    for (const button of document.querySelectorAll("button[data-place]")) {
      button.hidden = false;
      button.addEventListener("click", () => {
        editor.chain().focus().insertContent(`<p>${button.dataset.place}</p>`).run();
      });
    }
  }

  import(library).then(begin).catch(() => { field.hidden = false; });
})();

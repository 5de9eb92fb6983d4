// A view that changes while its reader writes. Only what differs is replaced, so that the keyboard's place, a selection and opened
// details stay; a line that only screen readers hear tells what changed, once the writing pauses.

const PAUSE = 800 // milliseconds without a change before it is told

/** Make `old` equal to `fresh`, node by node, and leave alone what is equal already. */
function morph(old, fresh) {
  for (const name of old.getAttributeNames()) {
    if (name !== "open" && !fresh.hasAttribute(name)) old.removeAttribute(name)
  }
  for (const { name, value } of [...fresh.attributes]) {
    if (old.getAttribute(name) !== value) old.setAttribute(name, value)
  }
  const there = [...old.childNodes]
  const wanted = [...fresh.childNodes]
  wanted.forEach((node, place) => {
    const known = there[place]
    if (!known) old.append(node)
    else if (known.nodeName !== node.nodeName) known.replaceWith(node)
    else if (known.nodeType === Node.ELEMENT_NODE) morph(known, node)
    else if (known.data !== node.data) known.data = node.data
  })
  there.slice(wanted.length).forEach(node => node.remove())
}

/** Copy the text of the element that the button names. Without leave to copy, select it, so that the keyboard can. */
async function copy(view, button, tell) {
  const source = view.querySelector(`[data-copied-by="${button.dataset.copies}"]`)
  try {
    await navigator.clipboard.writeText(source.textContent)
    tell(button.dataset.done)
  } catch {
    getSelection().selectAllChildren(source)
    tell(button.dataset.selected)
  }
}

function render({ model, el }) {
  const heard = document.createElement("p")
  heard.className = "ak-heard"
  heard.setAttribute("role", "status")
  const shown = document.createElement("div")
  el.append(heard, shown)
  // JupyterLab would take the keys of a choice or a button for its own commands: "d d" deletes the cell, an arrow leaves it.
  // It looks at the element that has the keyboard, so that each is marked when it gets it.
  let frame
  const keep = event => event.target.setAttribute("data-lm-suppress-shortcuts", "true")
  const shield = () => {
    const form = el.closest(".appealkit-form")
    if (form) form.addEventListener("focusin", keep)
    else frame = requestAnimationFrame(shield) // not on the page yet
  }
  shield()

  let pause
  const tell = words => {
    clearTimeout(pause)
    heard.textContent = words
  }
  const put = html => {
    const fresh = document.createElement("div")
    fresh.innerHTML = html // made and escaped by the kit's own templates
    morph(shown, fresh)
  }
  const show = () => put(model.get("value"))
  const lose = () => { // its kernel was restarted: nothing that is typed gets there, and what the form told of its work is over
    put(model.get("lost") || model.get("value"))
    el.closest(".appealkit-form")?.classList.add("ak-lost")
  }
  const later = () => {
    clearTimeout(pause)
    pause = setTimeout(tell, PAUSE, model.get("said"))
  }
  shown.addEventListener("click", event => {
    const button = event.target.closest("button[data-copies]")
    if (button) copy(shown, button, words => {
      tell(words)
      button.textContent = words
      setTimeout(() => { button.textContent = button.dataset.name }, 3000)
    })
  })
  model.on("change:value", show)
  model.on("change:said", later)
  model.on("comm_live_update", lose)
  show()
  return () => {
    clearTimeout(pause)
    cancelAnimationFrame(frame)
    el.closest(".appealkit-form")?.removeEventListener("focusin", keep)
    model.off("change:value", show)
    model.off("change:said", later)
    model.off("comm_live_update", lose)
  }
}

export default { render }

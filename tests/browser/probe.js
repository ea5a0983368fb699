/* Looks at a page as it came out, in a frame, and tells the page around it what
 * is wrong. */
(function () {
	"use strict";
	var wrong = [], width = window.innerWidth;

	function say(what, element) {
		var text = element ? " <" + element.tagName + "> " +
			(element.textContent || "").slice(0, 60) : "";

		wrong.push(what + text.replace(/\s+/g, " "));
	}

	function shown(element) {
		return element.getClientRects().length > 0;
	}

	function each(selector, look) {
		Array.prototype.forEach.call(
			document.querySelectorAll(selector), look);
	}

	/* The page is no wider than the window; wide tables scroll inside. */
	if (document.documentElement.scrollWidth > width)
		say("page is " + document.documentElement.scrollWidth +
			" wide, window " + width);
	each("body *", function (element) {
		if (shown(element) && !element.closest(".scroll") &&
			element.getBoundingClientRect().right > width + 1)
			say("beyond the window:", element);
	});

	/* Every picture speaks; of two sizes one is shown. */
	each("svg", function (svg) {
		var ids = (svg.getAttribute("aria-labelledby") || "").split(" ");

		if (svg.getAttribute("role") !== "img" || ids.length !== 2)
			say("picture without a role or a label", svg);
		ids.forEach(function (id) {
			var words = document.getElementById(id);

			if (!words || !svg.contains(words) ||
				!words.textContent.trim())
				say("picture without words: " + id, svg);
		});
	});
	each("figure", function (figure) {
		var n = Array.prototype.filter.call(
			figure.querySelectorAll("svg"), shown).length;

		if (n !== 1)
			say(n + " pictures shown of one", figure);
		if (!figure.parentNode.querySelector("table"))
			say("picture without its table", figure);
	});

	/* Words in a picture lie inside it and not on each other. */
	each("svg", function (svg) {
		var frame = svg.getBoundingClientRect(), boxes = [];

		if (!shown(svg))
			return;
		Array.prototype.forEach.call(svg.querySelectorAll("text"),
			function (text) {
				var box = text.getBoundingClientRect();

				if (box.left < frame.left - 2 ||
					box.right > frame.right + 2 ||
					box.top < frame.top - 3 ||
					box.bottom > frame.bottom + 3)
					say("cut off in a picture:", text);
				boxes.push([text, box]);
			});
		boxes.forEach(function (a, i) {
			boxes.slice(i + 1).forEach(function (b) {
				var across = Math.min(a[1].right, b[1].right) -
					Math.max(a[1].left, b[1].left);
				var down = Math.min(a[1].bottom, b[1].bottom) -
					Math.max(a[1].top, b[1].top);

				if (across > 3 && down > 5)
					say("one on the other: \"" +
						b[0].textContent + "\" on", a[0]);
			});
		});
	});

	/* Text on paper: contrast of 4.5 (WCAG 2). */
	function luminance(colour) {
		var part = colour.match(/[\d.]+/g).slice(0, 3).map(function (c) {
			c = c / 255;
			return c <= 0.03928 ? c / 12.92 :
				Math.pow((c + 0.055) / 1.055, 2.4);
		});

		return 0.2126 * part[0] + 0.7152 * part[1] + 0.0722 * part[2];
	}

	function contrast(a, b) {
		var x = luminance(a) + 0.05, y = luminance(b) + 0.05;

		return x > y ? x / y : y / x;
	}

	each("h1,h2,h3,p,a,th,td,small,li", function (element) {
		var paper = getComputedStyle(document.body).backgroundColor;
		var ink = getComputedStyle(element).color;

		if (shown(element) && contrast(paper, ink) < 4.5)
			say("contrast " + contrast(paper, ink).toFixed(1) + ":",
				element);
	});

	/* Nothing was asked for. */
	performance.getEntriesByType("resource").forEach(function (entry) {
		if (entry.name.indexOf("data:") !== 0)
			say("asked for " + entry.name);
	});

	/* A window is never so narrow as a phone: the page is in a frame. */
	window.parent.postMessage("width " + width + ", " +
		(matchMedia("(prefers-color-scheme: dark)").matches ? "dark" :
		"light") + ", pictures " +
		document.querySelectorAll("figure").length + ", wrong " +
		wrong.length + "\n" + wrong.slice(0, 40).join("\n"), "*");
}());

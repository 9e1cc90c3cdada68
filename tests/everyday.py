"""The browser tests of the usual run: a newcomer's first minute, and of each tab its main way.

A page takes a core for some seconds, so that all of them take an hour on two cores: `make
test-long` runs the others, after a change of the page and before a release.
"""

EVERYDAY = (
    # the page, and every way in
    "test_the_first_answer_comes_by_itself_at_every_width_and_theme[opened0]",
    "test_the_first_answer_comes_by_itself_at_every_width_and_theme[opened3]",
    "test_uploading_and_editing_labels_moves_the_bars",
    "test_the_proof_catches_what_does_go_outside",
    "test_two_models_side_by_side",
    "test_the_page_is_sent_packed_and_pictures_as_they_are",
    "test_the_page_comes_to_rest_after_it_opened",
    "test_a_click_on_an_example_asks_about_it_with_its_own_labels[opened0]",
    "test_an_upload_is_answered_once_and_the_page_rests",
    "test_an_upload_while_the_first_answer_is_under_way_wins",
    "test_a_pasted_picture_is_answered[opened0]",
    "test_an_open_tab_follows_a_change_once_and_the_others_wait[Heat maps-opened0]",
    "test_an_open_tab_follows_a_change_once_and_the_others_wait[Map-opened0]",
    "test_a_model_that_cannot_be_opened_is_not_shown_as_chosen",
    "test_a_panorama_says_what_is_seen_of_it_and_the_square_is_dragged",
    "test_a_refused_question_leaves_no_map_that_looks_like_its_answer",
    "test_mended_scripts.py",
    "test_axe_finds_nothing_of_ours[opened0]",
    # around the tabs
    "test_frame.py",
    "test_the_subject_and_what_is_unfolded_and_pressed_come_along",
    "test_back_and_forward_lead_through_the_tabs_and_a_reload_stays",
    "test_reset_brings_back_a_tabs_usual_values",
    "test_a_damaged_link_is_a_sentence_and_the_page_goes_on[tab=nowhere-]",
    "test_a_teachers_lesson_leads_through_the_page[opened0]",
    "test_a_fault_in_a_teachers_file_ends_the_start_with_its_line",
    "test_two_tabs_are_taken_home",
    # no control does nothing, no answer is older than it looks, no tab greets empty
    "test_every_panel_opens_and_every_button_does_something[Zero-shot]",
    "test_every_panel_opens_and_every_button_does_something[Models]",
    "test_no_tab_greets_with_an_empty_answer",
    "test_what_the_whole_page_asks_about_makes_every_figure_old",
    # each tab's main way
    "test_the_shipped_audit_is_drawn_and_the_other_trait_redraws_it[opened0]",
    "test_the_picture_and_the_accuracy_follow_the_slider",
    "test_what_the_model_does_not_know_gets_a_sentence",
    "test_the_tables_are_there_at_once_and_another_shift_redraws_the_plot",
    "test_a_data_set_is_fetched_stopped_gone_on_with_and_answered_about[1440]",
    "test_a_pasted_name_is_fetched_stopped_gone_on_with_and_answers[1440]",
    "test_the_first_view_is_what_ships_and_fits[1440]",
    "test_the_panel_says_its_verdicts_and_draws_its_curves",
    "test_a_real_click_shows_the_points_own_neighbours",
    "test_bars_open_maps_and_parts_can_be_taken_off[opened0]",
    "test_another_sense_is_chosen_and_the_answer_follows[opened0]",
    "test_renditions_are_answered_and_the_bias_is_that_of_the_rows",
    "test_two_recorded_runs_are_played_paused_and_scrubbed",
    "test_a_prediction_is_made_and_the_figures_are_revealed",
    # hosted, and installed
    "test_hosted.py",
    "test_package.py",
)
